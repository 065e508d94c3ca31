import { Writable } from 'node:stream'
import { createLogger } from './logger.js'
import { NestLogger } from './nest-logger.js'

function lines() {
  const written: string[] = []
  const stream = new Writable({ write: (chunk: Buffer, _, done) => done(void written.push(chunk.toString())) })
  return {
    logger: createLogger('media', 'info', stream),
    text: () => written.join(''),
    last: () => JSON.parse(written.at(-1)!) as object,
  }
}

describe('logs', () => {
  it('are JSON with service, level and time', () => {
    const { logger, last } = lines()
    new NestLogger(logger).warn({ reason: 'night' }, 'too dark', 'Renditions')
    expect(last()).toMatchObject({
      level: 'warn',
      service: 'media',
      context: 'Renditions',
      reason: 'night',
      msg: 'too dark',
    })
  })

  it('tell of each route at the start only where details are asked for', () => {
    const { logger, text, last } = lines()
    const nest = new NestLogger(logger)
    nest.log('Mapped {/v1/me, GET} route', 'RouterExplorer')
    expect(text()).toBe('')
    nest.log('listening', 'NestApplication')
    expect(last()).toMatchObject({ level: 'info', msg: 'listening' })
  })

  it('B03.1 leave out members that nobody stated, and name them', () => {
    const { logger, last } = lines()
    logger.info({ attempt: 2, nickname: 'canary', nested: { of: 'canary' } }, 'known')
    expect(last()).toMatchObject({ attempt: 2, msg: 'known', unstated: 'nickname nested' })
    expect(JSON.stringify(last())).not.toContain('canary')
  })

  it.each([
    ['a member named like a secret', { password: 'canary' }],
    ['one deeper down', { request: { headers: { authorization: 'Bearer canary' } } }],
    ['one in a list', { people: [{ email: 'canary' }] }],
    ['an address in a text', 'mail to canary@people.example bounced'],
    ['credentials of a server', 'cannot reach mongodb://canary:canary@db:27017/x'],
    ['a token', 'got eyJhbGciOiJFUzI1NiJ9.eyJjYW5hcnkiOjF9canary.c2lnbmF0dXJl'],
    ['a link', 'sent https://x.example/verify-email?token=canary'],
    ['an error that repeats a value', new Error('E11000 duplicate key error dup key: { handle: "canary}" }')],
    ['the cause of an error', new Error('failed', { cause: new Error('E11000 dup key: { email: "canary" }') })],
    [
      'what is attached to an error',
      Object.assign(new Error('failed'), { keyValue: { email: 'canary' }, response: 'canary' }),
    ],
  ])('hide %s', (_, message) => {
    const { logger, text } = lines()
    new NestLogger(logger).error(message)
    expect(text()).not.toBe('')
    expect(text()).not.toContain('canary')
  })
})
