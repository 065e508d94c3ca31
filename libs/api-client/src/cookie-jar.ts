import type { Cookies } from './transport.js'

/** Cookies of one server, as a browser keeps them. Paths are not told apart. */
export class CookieJar implements Cookies {
  private readonly values = new Map<string, string>()

  get(name: string): string | undefined {
    return this.values.get(name)
  }

  header(): string | undefined {
    return this.values.size ? [...this.values].map(([name, value]) => `${name}=${value}`).join('; ') : undefined
  }

  take(headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';')
      const [name = '', ...value] = pair.trim().split('=')
      if (attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute))) this.values.delete(name)
      else this.values.set(name, value.join('='))
    }
  }
}
