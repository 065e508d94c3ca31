import { generateSync } from 'otplib'
import { logIn, type Person, verified } from './people.js'
import type { ServiceHarness } from './service-harness.js'

const STEP_MS = 30_000

export interface Protected extends Person {
  secret: string
  recoveryCodes: string[]
  sessionId: string
}

/** The code of this moment; later calls pass a step, since no code is taken twice. */
export const codeOf = (harness: ServiceHarness, secret: string, steps = 0): string =>
  generateSync({ secret, epoch: Math.floor((harness.clock.now().getTime() + steps * STEP_MS) / 1000) })

export function nextCode(harness: ServiceHarness, secret: string): string {
  harness.pass(STEP_MS)
  return codeOf(harness, secret)
}

/** Somebody with an authenticator app, logged in. */
export async function withTotp(harness: ServiceHarness): Promise<Protected> {
  const person = await verified(harness)
  const { sessionId } = (await logIn(harness, person)).body as { sessionId: string }
  const me = harness.as(person.id, sessionId)
  const { secret } = (await me.post('/v1/me/authenticators/totp')).body as { secret: string }
  const { body } = await me.post('/v1/me/authenticators/totp/confirm', { code: codeOf(harness, secret) })
  return { ...person, secret, sessionId, recoveryCodes: (body as { recoveryCodes: string[] }).recoveryCodes }
}

/** Begins a log-in, which waits for the factor. */
export async function begun(harness: ServiceHarness, person: Person, extra: object = {}): Promise<string> {
  const { body } = await logIn(harness, person, extra)
  if (body.code !== 'identity.factor-needed') throw new Error(JSON.stringify(body))
  return body.sessionId as string
}

export const complete = (harness: ServiceHarness, sessionId: string, factor: object) =>
  harness.anybody.post(`/v1/sessions/${sessionId}/factor`, factor)
