import type { WatchedAnswer } from './watched-answer.js'

/** Answers under sessions or accounts, several under each. */
export class AnswersByKey {
  private readonly sets = new Map<string, Set<WatchedAnswer>>()

  add(key: string, answer: WatchedAnswer): void {
    const answers = this.sets.get(key)
    if (answers) answers.add(answer)
    else this.sets.set(key, new Set([answer]))
  }

  remove(key: string, answer: WatchedAnswer): void {
    const answers = this.sets.get(key)
    answers?.delete(answer)
    if (answers?.size === 0) this.sets.delete(key)
  }

  of(key: string): readonly WatchedAnswer[] {
    return [...(this.sets.get(key) ?? [])]
  }

  keys(): Iterable<string> {
    return this.sets.keys()
  }

  all(): readonly WatchedAnswer[] {
    return [...this.sets.values()].flatMap((answers) => [...answers])
  }
}
