import { expect, test } from 'vitest'
import { isLoopback, readAddress } from '../../../src/verify/server/address.ts'

test('what is secret in an address is in no text that has gone through it', () => {
  const text = 'postgres://role:pass%40word@db.example.com/app?sslpassword=canary'
  const address = readAddress(text)!
  expect(address.hide(`no pass@word, no pass%40word, no canary, no ${text}`)).toBe(
    'no ***, no ***, no ***, no ***',
  )
  expect(readAddress('mysql://root@localhost/app')).toBeNull()
  expect(readAddress('nonsense')).toBeNull()
})

test.each([
  ['postgres://a@localhost/b', true],
  ['postgres://a@127.0.0.1:5433/b', true],
  ['postgres://a@[::1]/b', true],
  ['postgres:///b?host=/var/run/postgresql', true],
  ['postgres://a@127.0.0.1.example.com/b', false],
  ['postgres://a@localhost/b?host=db.example.com', false],
  ['postgres://a@db.example.com/b', false],
])('%s stays on this machine: %s', (url, stays) => {
  expect(isLoopback(readAddress(url)!)).toBe(stays)
})
