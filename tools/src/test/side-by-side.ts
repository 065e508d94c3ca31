/** Works through a list, so many at a time, each as soon as there is room. */
export async function sideBySide<T>(items: T[], concurrency: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values()
  const worker = async () => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}
