import { NotFoundError } from '@mpics/service-kit'

/**
 * Makes the path at the service anew from the route and its decoded parameters, so that no encoding of `..` or `/` leads
 * elsewhere. A parameter that tries gets the answer of a path that does not exist.
 */
export function upstreamPath(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    if (value === '' || /[/\\]|^\.{1,2}$/.test(value) || !value.isWellFormed()) throw new NotFoundError()
    return encodeURIComponent(value)
  })
}
