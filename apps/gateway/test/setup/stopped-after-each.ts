interface Stoppable {
  stop(): Promise<unknown>
}

/** Keeps what a test starts, and stops it after the test, even a failed one: what runs on keeps Jest from ending. */
export function stoppedAfterEach() {
  const kept: Stoppable[] = []
  afterEach(async () => {
    for (const one of kept.splice(0).reverse()) await one.stop()
  })
  return <T extends Stoppable>(one: T): T => (kept.push(one), one)
}
