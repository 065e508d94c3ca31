import { defineApi } from '@mpics/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { InputInvalidError } from '../problems/general.errors.js'
import { parseInput } from './parse-input.js'

const api = defineApi({
  name: 'sendCard',
  service: 'media',
  method: 'POST',
  path: '/v1/cards/{id}',
  summary: 'Sends a card',
  access: 'member',
  scope: null,
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ limit: z.coerce.number().int().max(80).default(40) }),
  body: z.strictObject({
    to: z.array(z.strictObject({ handle: z.string().min(3) })).max(3),
    size: z.int().min(1).max(9),
    text: z.string().refine((text) => !text.includes('<'), { params: { code: 'markup' } }),
  }),
})
const id = '01931f3e-0000-7000-8000-000000000001'
const request = (body: unknown, query: object = {}) =>
  ({
    params: { id },
    query,
    body,
    url: '/',
    headers: { 'content-type': 'application/json' },
  }) as unknown as FastifyRequest

const issues = (body: unknown, query?: object) => {
  try {
    parseInput(api, request(body, query))
  } catch (error) {
    return (error as InputInvalidError).errors.map(({ path, code }) => `${path}: ${code}`)
  }
  return []
}

describe('input', () => {
  it('is parsed, with defaults', () => {
    const body = { to: [{ handle: 'ann' }], size: 1, text: 'hi' }
    expect(parseInput(api, request(body))).toEqual({ params: { id }, query: { limit: 40 }, body })
  })

  it('has a stable code for each thing that is wrong with it', () => {
    const to = [{ handle: 'a' }, { handle: 'bob', admin: true }, {}]
    expect(issues({ to, size: 10, text: '<b>', extra: 1 }, { limit: '81' }).sort()).toEqual([
      'extra: unknown-field',
      'limit: too-large',
      'size: too-large',
      'text: markup',
      'to.0.handle: too-short',
      'to.1.admin: unknown-field',
      'to.2.handle: required',
    ])
  })

  it('counts what there is too much of', () => {
    const one = { handle: 'ann' }
    expect(issues({ to: [one, one, one, one], size: 1, text: '' })).toEqual(['to: too-many'])
  })

  it('is refused before anything walks through what is nested too deeply, which would be a fault of ours', () => {
    const deep: unknown = JSON.parse('{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000))
    expect(issues({ to: [], size: 1, text: 'hi', extra: deep })).toContain('extra: unknown-field')
    expect(issues({ to: [], size: 1, text: deep })).toEqual([
      expect.stringMatching(/^text\.a\..*: invalid$/),
      'text: invalid',
    ])
  })

  it('is not taken for a pattern or an operator of the database', () => {
    expect(issues({ to: { $gt: '' }, size: { $gt: 0 }, text: ['hi'] })).toEqual([
      'to: invalid',
      'size: invalid',
      'text: invalid',
    ])
  })
})
