import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts what must not be readable in the database file. */
export interface Vault {
  /** `context` names the owner (`acc_… whk_…`); sealed bytes open only under the same one, so rows cannot be swapped. */
  seal(plain: string, context: string): Uint8Array
  /** Throws where the bytes were not sealed with this key and context. */
  open(sealed: Uint8Array, context: string): string
}

const formatVersion = 1
const nonceBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM under a key derived from the master key (HKDF-SHA256). Layout: version, nonce, tag, ciphertext.
 * @param masterKey at least 32 bytes of secret, in whatever form.
 */
export function openVault(masterKey: string | Uint8Array): Vault {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'hookline webhook secrets v1', 32))
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(formatVersion), nonce, cipher.getAuthTag(), sealed])
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      if (bytes[0] !== formatVersion || bytes.length < 1 + nonceBytes + tagBytes)
        throw new Error('not sealed by this server')
      const tag = bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes)
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + nonceBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(tag)
      const rest = bytes.subarray(1 + nonceBytes + tagBytes)
      return decipher.update(rest, undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
