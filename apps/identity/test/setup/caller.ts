import type { MemberIdentity } from '@mpics/service-kit'
import supertest, { type Response } from 'supertest'
import { internalToken, type Service } from './keys.js'

type Headers = Record<string, string>

/** Calls identity as the gateway, or another service, would. */
export class Caller {
  constructor(
    private readonly url: string,
    private readonly service: Service,
    private readonly member?: MemberIdentity,
  ) {}

  get = (path: string, headers?: Headers) => this.call('get', path, undefined, headers)
  post = (path: string, body?: object, headers?: Headers) => this.call('post', path, body, headers)
  put = (path: string, body?: object, headers?: Headers) => this.call('put', path, body, headers)
  patch = (path: string, body?: object, headers?: Headers) => this.call('patch', path, body, headers)
  delete = (path: string, headers?: Headers) => this.call('delete', path, undefined, headers)

  private async call(
    method: 'get' | 'post' | 'put' | 'patch' | 'delete',
    path: string,
    body?: object,
    headers: Headers = {},
  ): Promise<Response> {
    const token = await internalToken(this.service, this.member)
    const request = supertest(this.url)
      [method](path)
      .set({ authorization: `Bearer ${token}`, ...headers })
    return body === undefined ? request : request.send(body)
  }
}
