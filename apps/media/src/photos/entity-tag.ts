/** A photo's version as a strong validator (RFC 9110 §8.8.3), which ignores links, since they change by themselves. */
export const entityTag = (version: number): string => `"v${version}"`

/** Proxies that compress mark tags as weak; such a tag names the same version. */
export function allowsChange(ifMatch: string | undefined, version: number): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true
  return ifMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === entityTag(version))
}
