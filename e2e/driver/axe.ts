import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/** Judges a page as it stands: a line for each rule with the elements that break it. */
export async function findings(page: Page): Promise<string[]> {
  // not as a script of the page, which its policy would refuse
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: Axe }).axe.run())
  return violations.map(
    ({ id, nodes }) =>
      `${id} × ${nodes.length}: ${nodes
        .map(({ html }) => html)
        .slice(0, 3)
        .join(' ')}`,
  )
}

interface Axe {
  run(): Promise<AxeResults>
}
