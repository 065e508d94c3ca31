/** Every answer says this of its service, also one that no hook passes. */
export class OwnHeaders {
  headers: () => Record<string, string> = () => ({})

  /** With what says that a refusal is of its request alone. */
  ofRefusal(id: string): Record<string, string> {
    return { ...this.headers(), 'cache-control': 'no-store', 'x-request-id': id }
  }
}
