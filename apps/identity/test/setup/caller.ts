import type { Client } from '@mpics/testing'
import type { Response } from 'supertest'

type Headers = Record<string, string>

export class Caller {
  constructor(private readonly client: Client) {}

  get = (path: string, headers?: Headers) => this.call('get', path, undefined, headers)
  post = (path: string, body?: object, headers?: Headers) => this.call('post', path, body, headers)
  put = (path: string, body?: object, headers?: Headers) => this.call('put', path, body, headers)
  patch = (path: string, body?: object, headers?: Headers) => this.call('patch', path, body, headers)
  delete = (path: string, headers?: Headers) => this.call('delete', path, undefined, headers)

  private async call(method: keyof Client, path: string, body?: object, headers: Headers = {}): Promise<Response> {
    const request = this.client[method](path).set(headers)
    return body === undefined ? request : request.send(body)
  }
}
