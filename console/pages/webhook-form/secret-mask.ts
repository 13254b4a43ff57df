/** What the server sends in the place of a secret, and takes back as "keep it". */
export const secretMask = '••••••••'
