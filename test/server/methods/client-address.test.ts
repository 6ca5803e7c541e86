/** The address of a client, as rate limits count it: an IPv4 address however it is written, and the /64 of an IPv6 address. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rateLimitKeyForIp } from '../../../server/methods/client-address.ts';

describe('an address', () => {
  for (const [ip, counted] of [
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    // As some proxies write them, with a port that differs for each connection.
    ['203.0.113.7:40001', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['[2001:db8:1:2:3:4:5:6]:40001', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2:3:4:5:6]', '2001:db8:1:2::/64'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
    // Texts that are no address all count as one.
    ['', 'unreadable'],
    ['unknown', 'unreadable'],
    ['_hidden', 'unreadable'],
    ['203.0.113.7:x', 'unreadable'],
    ['203.0.113.007', 'unreadable'],
    ['[203.0.113.7', 'unreadable'],
    ['1.2.3.4.5:80', 'unreadable'],
    ['2001:db8::1::2', 'unreadable'],
    ['a'.repeat(5000), 'unreadable'],
  ] as const)
    it(`${ip.slice(0, 40)} counts as ${counted}`, () => assert.equal(rateLimitKeyForIp(ip), counted));
});
