import ipaddr from 'ipaddr.js'
import { clientAddress, limitedAddress } from './client-address.js'

const trusted = [ipaddr.parseCIDR('10.0.0.0/8'), ipaddr.parseCIDR('fd00::/8')] as const

describe('the address of a client', () => {
  it.each([
    ['203.0.113.9', '1.2.3.4', '203.0.113.9'],
    ['10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['::ffff:10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['10.0.0.1', '6.6.6.6, 1.2.3.4, 10.9.9.9', '1.2.3.4'],
    ['10.0.0.1', 'unknown', '10.0.0.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['fd00::1', '2001:db8::7', '2001:db8::7'],
    ['10.0.0.1', '203.0.113.7:51234', '203.0.113.7'],
    ['10.0.0.1', '203.0.113.7:51234, 10.2.3.4:80', '203.0.113.7'],
    ['10.0.0.1', '[2001:db8::7]:443', '2001:db8::7'],
    ['10.0.0.1', '[::ffff:203.0.113.7]:443', '203.0.113.7'],
    ['10.0.0.1', '203.0.113.7:', '10.0.0.1'],
    ['10.0.0.1', '203.0.113.7:51234:1', '10.0.0.1'],
  ])('peer %s says %s', (peer, header, client) => expect(clientAddress(peer, header, [...trusted])).toBe(client))

  it('counts an IPv6 /64 as one', () => {
    expect(limitedAddress('2001:db8:1:2:3:4:5:6')).toBe(limitedAddress('2001:db8:1:2:ffff::1'))
    expect(limitedAddress('2001:db8:1:3::1')).not.toBe(limitedAddress('2001:db8:1:2::1'))
    expect(limitedAddress('192.0.2.7')).toBe('192.0.2.7')
  })
})
