/** What a service says of itself in every answer, also in those that no hook passes. */
export class OwnHeaders {
  headers: () => Record<string, string> = () => ({})
}
