import { NotFoundError } from '@mpics/service-kit'

/**
 * The path at the service, made anew from the route and its decoded parameters, so that no encoding of `..` or `/` leads
 * elsewhere. A parameter that tries to is answered as a path that does not exist.
 */
export function upstreamPath(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    if (value === '' || /[/\\]|^\.{1,2}$/.test(value) || !value.isWellFormed()) throw new NotFoundError()
    return encodeURIComponent(value)
  })
}
