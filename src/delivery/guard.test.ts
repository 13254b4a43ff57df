import { describe, expect, it } from 'vitest'
import { Problem } from '../model/index.ts'
import { makeGuard, parseEgressAllow } from './guard.ts'

const strict = makeGuard({ allow: parseEgressAllow(''), loopback: false })
const local = makeGuard({ allow: parseEgressAllow(''), loopback: true })

function codes(url: string, guard = strict): string[] {
  return guard.checkUrl(url).map((problem) => problem.code)
}

describe('addresses', () => {
  const publicOnes = [
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.1',
    '168.63.129.15',
    '168.63.129.17',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:81b::200e',
  ]
  it.each(publicOnes)('%s is public', (address) => {
    expect(strict.addressAllowed(address, address)).toBe(true)
  })

  const refused = [
    ['0.0.0.0', 'this network'],
    ['0.1.2.3', 'this network'],
    ['10.0.0.1', 'private'],
    ['10.255.255.255', 'private'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['100.100.100.200', 'carrier-grade NAT (a cloud’s metadata)'],
    ['100.127.255.255', 'carrier-grade NAT'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['168.63.129.16', 'Azure’s host agent'],
    ['169.254.0.1', 'link-local'],
    ['169.254.169.254', 'link-local (cloud metadata)'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.1', 'protocol assignments'],
    ['192.0.0.192', 'protocol assignments'],
    ['192.0.2.1', 'documentation'],
    ['192.88.99.1', '6to4 relay'],
    ['192.168.0.1', 'private'],
    ['192.168.255.255', 'private'],
    ['198.18.0.1', 'benchmarking'],
    ['198.19.255.255', 'benchmarking'],
    ['198.51.100.1', 'documentation'],
    ['203.0.113.1', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::7f00:1', 'IPv4-compatible'],
    ['::808:808', 'IPv4-compatible, public inside'],
    ['::ffff:127.0.0.1', 'mapped'],
    ['::ffff:8.8.8.8', 'mapped, public inside'],
    ['::ffff:0:127.0.0.1', 'translated'],
    ['64:ff9b::7f00:1', 'NAT64'],
    ['64:ff9b::808:808', 'NAT64, public inside'],
    ['64:ff9b:1::a00:1', 'local NAT64'],
    ['100::1', 'discard only'],
    ['2001::1', 'Teredo'],
    ['2001:2::1', 'benchmarking'],
    ['2001:10::1', 'ORCHID'],
    ['2001:20::1', 'ORCHIDv2'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::1', '6to4'],
    ['2002:808:808::1', '6to4, public inside'],
    ['3fff::1', 'documentation'],
    ['4000::1', 'not given out'],
    ['5f00::1', 'segment routing'],
    ['fc00::1', 'unique local'],
    ['fd00:ec2::254', 'unique local (cloud metadata)'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with a zone'],
    ['2606:4700:4700::1111%eth0', 'a zone on a public address'],
    ['fec0::1', 'old site-local'],
    ['ff02::1', 'multicast'],
    ['', 'nothing'],
    ['localhost', 'a name'],
    ['0x7f000001', 'not how an address is written'],
  ]
  it.each(refused)('%s is refused: %s', (address) => {
    expect(strict.addressAllowed(address, 'erp.example')).toBe(false)
  })

  it.each(['127.0.0.1', '127.8.9.10', '::1'])(
    '%s is allowed when the server listens on loopback only',
    (address) => {
      expect(local.addressAllowed(address, 'erp.example')).toBe(true)
    },
  )

  it.each(['10.0.0.1', '0.0.0.0', '::', '::ffff:127.0.0.1', '169.254.169.254', '168.63.129.16'])(
    '%s is refused even then',
    (address) => {
      expect(local.addressAllowed(address, 'erp.example')).toBe(false)
    },
  )
})

describe('URLs', () => {
  it.each([
    'https://erp.example/hooks',
    'http://erp.example:8080/hooks?x=1',
    'https://erp.example/hooks/{{ record.id }}?name={{ current.name }}',
    'https://does-not-resolve.invalid/',
    'https://erp.example./hooks',
    'https://1.1.1.1/',
    'https://[2606:4700:4700::1111]/',
    'https://приём.рф/хук',
    'https://localhost.example.com/',
    'https://notlocalhost/',
  ])('%s can be saved', (url) => {
    expect(codes(url)).toEqual([])
  })

  it.each([
    ['http://127.0.0.1/', 'url_private_address'],
    ['http://127.0.0.1./', 'url_private_address'],
    ['http://127.1/', 'url_private_address'],
    ['http://2130706433/', 'url_private_address'],
    ['http://0x7f000001/', 'url_private_address'],
    ['http://0x7f.1/', 'url_private_address'],
    ['http://0177.0.0.1/', 'url_private_address'],
    ['http://017700000001/', 'url_private_address'],
    ['http://１２７。０。０。１/', 'url_private_address'],
    ['http://0/', 'url_private_address'],
    ['http://10.1/', 'url_private_address'],
    ['http://192.168.1.1:8080/', 'url_private_address'],
    ['http://169.254.169.254/latest/meta-data', 'url_private_address'],
    ['http://[::1]/', 'url_private_address'],
    ['http://[0:0:0:0:0:0:0:1]/', 'url_private_address'],
    ['http://[::]/', 'url_private_address'],
    ['http://[::ffff:127.0.0.1]/', 'url_private_address'],
    ['http://[::ffff:7f00:1]/', 'url_private_address'],
    ['http://[::127.0.0.1]/', 'url_private_address'],
    ['http://[64:ff9b::10.0.0.1]/', 'url_private_address'],
    ['http://[2002:a00:1::]/', 'url_private_address'],
    ['http://[fd12:3456::1]/', 'url_private_address'],
    ['http://localhost/', 'url_private_address'],
    ['http://LOCALHOST:3000/', 'url_private_address'],
    ['http://localhost./', 'url_private_address'],
    ['http://api.localhost/', 'url_private_address'],
    ['http://api.localhost./', 'url_private_address'],
    ['ftp://erp.example/', 'url_scheme'],
    ['file:///etc/passwd', 'url_scheme'],
    ['javascript:alert(1)', 'url_scheme'],
    ['localhost:3000/hooks', 'url_scheme'],
    ['https://user:secret@erp.example/', 'url_credentials'],
    ['https://user@erp.example/', 'url_credentials'],
    ['https://erp.example:0/', 'url_port'],
    ['https://erp.example:65536/', 'url_malformed'],
    ['', 'url_malformed'],
    ['erp.example/hooks', 'url_malformed'],
    ['//erp.example/hooks', 'url_malformed'],
    ['http://', 'url_malformed'],
    ['http://./', 'url_malformed'],
    ['http://256.1.1.1/', 'url_malformed'],
    ['http://1.2.3.4.5/', 'url_malformed'],
    ['http://[fe80::1%25eth0]/', 'url_malformed'],
    ['http://erp .example/', 'url_malformed'],
    ['http://erp.example/\r\nx: y', 'url_malformed'],
    ['https://{{data.host}}/', 'url_malformed'],
    ['https://{{ data.host }}.example/', 'url_malformed'],
  ])('%s is refused: %s', (url, code) => {
    expect(codes(url)).toEqual([code])
  })

  it('names every mistake of one URL, its path and the setting', () => {
    const problems = strict.checkUrl('http://a:b@10.0.0.7:0/', 'webhook.request.url')
    expect(problems.map((problem) => problem.code)).toEqual([
      'url_credentials',
      'url_port',
      'url_private_address',
    ])
    expect(problems.every((problem) => problem.path === 'webhook.request.url')).toBe(true)
    expect(problems[2]!.message).toContain('10.0.0.7')
    expect(problems[2]!.message).toContain('HOOKLINE_EGRESS_ALLOW')
  })

  it('says nothing of the secret in a refused URL', () => {
    const [problem] = strict.checkUrl('https://user:secret@erp.example/')
    expect(problem!.message).not.toContain('secret')
  })

  it.each(['http://127.0.0.1:8421/', 'http://localhost:8421/', 'http://[::1]/', 'http://api.localhost/'])(
    '%s can be saved when the server listens on loopback only',
    (url) => {
      expect(codes(url, local)).toEqual([])
    },
  )

  it.each(['http://10.0.0.1/', 'http://[::ffff:127.0.0.1]/', 'http://0.0.0.0/'])(
    '%s cannot even then',
    (url) => {
      expect(codes(url, local)).toEqual(['url_private_address'])
    },
  )
})

describe('the allow list', () => {
  const guard = makeGuard({
    allow: parseEgressAllow(
      ' 10.0.0.0/8, 192.168.7.7 ,fd00::/8,, Erp.Corp.Example., *.intra.example, приём.рф,localhost,fe80::/10,',
    ),
    loopback: false,
  })

  it.each([
    ['10.200.3.4', 'anything.example'],
    ['192.168.7.7', 'anything.example'],
    ['fd12::1', 'anything.example'],
    ['fe80::1%eth0', 'anything.example'],
    ['172.16.0.1', 'erp.corp.example'],
    ['172.16.0.1', 'ERP.corp.example.'],
    ['127.0.0.1', 'a.intra.example'],
    ['::ffff:10.0.0.1', 'a.b.intra.example'],
    ['172.16.0.1', 'xn--e1aybc.intra.example'],
  ])('lets %s of %s pass', (address, host) => {
    expect(guard.addressAllowed(address, host)).toBe(true)
  })

  it.each([
    ['192.168.7.8', 'anything.example'],
    ['172.16.0.1', 'corp.example'],
    ['172.16.0.1', 'x.erp.corp.example'],
    ['172.16.0.1', 'intra.example'],
    ['172.16.0.1', 'evilintra.example'],
    ['::ffff:10.0.0.1', 'anything.example'],
    ['127.0.0.1', 'anything.example'],
    ['not an address', 'erp.corp.example'],
  ])('does not let %s of %s pass', (address, host) => {
    expect(guard.addressAllowed(address, host)).toBe(false)
  })

  it.each([
    'http://10.1.2.3/',
    'http://0x0a010203/',
    'http://localhost/',
    'http://[fd12::1]/',
    'http://приём.рф/',
  ])('lets %s be saved', (url) => {
    expect(codes(url, guard)).toEqual([])
  })

  it('can open everything, by networks', () => {
    const open = makeGuard({ allow: parseEgressAllow('0.0.0.0/0,::/0'), loopback: false })
    expect(open.addressAllowed('169.254.169.254', 'x')).toBe(true)
    expect(open.addressAllowed('::ffff:127.0.0.1', 'x')).toBe(true)
  })

  it.each([
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '::/129',
    '10.0.0',
    '010.0.0.1',
    '10.0.0.256',
    '0x7f000001',
    'fe80::1%eth0',
    '[::1]',
    'https://erp.example',
    'erp.example:8080',
    'erp.example/8',
    '*',
    '*.',
    'a.*.example',
    'erp*.example',
    '-erp.example',
    '１０.0.0.1',
    'erp.example%2f8',
    'user@erp.example',
    'erp.example\\x',
    '10.0.0.1.',
    'erp..example',
    'two words',
  ])('refuses the entry %s, naming it and the setting', (entry) => {
    const read = () => parseEgressAllow(`10.0.0.0/8,${entry}`)
    expect(read).toThrow(Problem)
    expect(read).toThrow(`HOOKLINE_EGRESS_ALLOW holds "${entry}"`)
  })
})
