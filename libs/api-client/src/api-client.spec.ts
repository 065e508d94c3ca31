import { globSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gateway, identity, media } from '@mpics/contracts'
import ts from 'typescript'
import { ApiClient, CookieJar, NoAnswerError, ProblemError, Session } from './index.js'

interface Asked {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

type Answering = (asked: Asked, response: ServerResponse) => void

const json = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const problem = (response: ServerResponse, status: number, code: string) =>
  response
    .writeHead(status, { 'content-type': 'application/problem+json' })
    .end(JSON.stringify({ type: 't', title: 'No', status, code, detail: 'not so' }))

describe('the client of the public API', () => {
  const asked: Asked[] = []
  let server: Server
  let answering: Answering
  let url: string

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request
        const one = { method, url: path, headers, body: Buffer.concat(chunks).toString() }
        asked.push(one)
        answering(one, response)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => asked.splice(0))
  afterAll(() => void server.close())

  it('fills in the path, and answers what the definition says', async () => {
    answering = (_, response) => json(response, 200, { id: 'a b', title: 'Moon' })
    const photo = await new ApiClient(url).call(media.getPhoto, { params: { id: 'a b' } })
    expect([asked[0]!.method, asked[0]!.url, photo.title]).toEqual(['GET', '/v1/photos/a%20b', 'Moon'])
  })

  it('sends an upload as a form, its file last, under one key however often it is tried', async () => {
    answering = (_, response) =>
      asked.length < 2 ? problem(response, 503, 'unavailable') : json(response, 202, { id: 'p', status: 'processing' })
    const body = {
      file: new File(['bytes'], 'moon.jpg', { type: 'image/jpeg' }),
      title: 'Moon',
      tags: ['sky', 'night'],
    }
    const { body: answer, attempts } = await new ApiClient(url, { retryForMs: 5_000 }).answer(media.uploadPhoto, {
      body,
    })
    expect([answer.id, attempts]).toEqual(['p', 2])
    expect(asked[1]!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    const names = [...asked[1]!.body.matchAll(/name="(\w+)"/g)].map(([, name]) => name)
    expect(names).toEqual(['title', 'tags', 'tags', 'file'])
    expect(asked[1]!.body).toContain('filename="moon.jpg"')
    expect(asked[0]!.headers['idempotency-key']).toBe(asked[1]!.headers['idempotency-key'])
  })

  it('throws a refusal as the problem that it is, and says when nothing was answered', async () => {
    answering = (_, response) => problem(response, 404, 'media.photo-not-found')
    const refused = new ApiClient(url).call(media.getPhoto, { params: { id: 'x' } })
    await expect(refused).rejects.toThrow(ProblemError)
    await expect(refused).rejects.toMatchObject({ status: 404, code: 'media.photo-not-found' })
    const nobody = new ApiClient('http://127.0.0.1:1').call(media.getPhoto, { params: { id: 'x' } })
    await expect(nobody).rejects.toThrow(NoAnswerError)
  })

  it('keeps cookies until the server takes them back', async () => {
    const cookies = new CookieJar()
    const api = new ApiClient(url, { cookies })
    answering = (_, response) => json(response, 202, {}, { 'set-cookie': 'mpvid=abc; Path=/; HttpOnly' })
    await api.call(gateway.recordPageView, { body: { page: '/' } })
    answering = (_, response) => json(response, 202, {}, { 'set-cookie': 'mpvid=; Max-Age=0' })
    await api.call(gateway.recordPageView, { body: { page: '/' } })
    expect(asked[1]!.headers.cookie).toBe('mpvid=abc')
    expect(cookies.header()).toBeUndefined()
  })

  it('renews an access token once for all calls that find it expired', async () => {
    let renewals = 0
    answering = ({ url: path, headers }, response) => {
      const opened = (accessToken: string) => ({ sessionId: 's', accessToken, expiresIn: 1, refreshToken: 'r' })
      if (path === identity.refreshSession.path) return json(response, 200, opened(`new-${++renewals}`))
      if (path === identity.logIn.path) return json(response, 201, opened('old'))
      if (headers.authorization === 'Bearer old') return problem(response, 401, 'unauthenticated')
      return json(response, 200, { id: 'me' })
    }
    const session = new Session(new ApiClient(url), {
      logIn: identity.logIn,
      refreshSession: identity.refreshSession,
      logOff: identity.logOff,
    })
    await session.logIn({ login: 'ann', password: 'secret' })
    const both = await Promise.all([session.api.call(identity.getMe, {}), session.api.call(identity.getMe, {})])
    expect([both.map(({ id }) => id), renewals, session.token()]).toEqual([['me', 'me'], 1, 'new-1'])
  })

  it('needs neither Node nor a schema at run time', async () => {
    const files = globSync(`${import.meta.dirname}/*.ts`).filter((file) => !file.endsWith('.spec.ts'))
    const emitted = files.map((file) => ts.transpile(readFileSync(file, 'utf8'), { module: ts.ModuleKind.ESNext }))
    const imported = emitted.flatMap((text) => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName))
    expect(imported.length).toBeGreaterThan(0)
    expect(imported.filter((name) => !name.startsWith('.'))).toEqual([])
  })
})
