/** Every answer says this of its service, also one that no hook passes. */
export class OwnHeaders {
  headers: () => Record<string, string> = () => ({})
}
