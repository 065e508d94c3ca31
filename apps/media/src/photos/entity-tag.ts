/** A photo's version as a strong validator (RFC 9110 §8.8.3); what changes by itself, such as links, is not part of it. */
export const entityTag = (version: number): string => `"v${version}"`

/** Whether a change may be made to this version. Proxies that compress mark tags as weak; they name the same version. */
export function allowsChange(ifMatch: string | undefined, version: number): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true
  return ifMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === entityTag(version))
}
