import { folderCircles } from './floors.js'
import { packageFolders } from './sources.js'

describe('floors', () => {
  it.each(packageFolders())('folders of %s import from folders below them, never back', (source) => {
    expect(folderCircles(source)).toEqual([])
  })
})
