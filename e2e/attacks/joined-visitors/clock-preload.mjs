// Loaded before a service (`--import`): its time is the machine’s plus what the file TEST_CLOCK_FILE says, in milliseconds.
import { openSync, readSync } from 'node:fs'
import { registerHooks } from 'node:module'

const RealDate = Date
const file = openSync(process.env.TEST_CLOCK_FILE, 'r')
const bytes = Buffer.alloc(8)

function now() {
  readSync(file, bytes, 0, 8, 0)
  return RealDate.now() + bytes.readDoubleLE()
}

function TestDate(...given) {
  if (!new.target) return new RealDate(now()).toString()
  return given.length > 0 ? new RealDate(...given) : new RealDate(now())
}
TestDate.prototype = RealDate.prototype
Object.setPrototypeOf(TestDate, RealDate)
TestDate.now = now
// mongoose knows a type by its name
Object.defineProperty(TestDate, 'name', { value: 'Date' })

globalThis.Date = TestDate
globalThis.RealDate = RealDate

/** Drivers measure with it how long a server is silent: a clock that leaps would make them give up. */
const DRIVERS = /\/node_modules\/kafkajs\/|\/eventing\/dist\/kafka\//

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!DRIVERS.test(url) || !loaded.source || loaded.format === 'json') return loaded
    return { ...loaded, source: `'use strict';const Date=globalThis.RealDate;${Buffer.from(loaded.source)}` }
  },
})
