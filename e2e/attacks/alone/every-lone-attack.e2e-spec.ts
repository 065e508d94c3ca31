import { pictureAttacks } from '../named/pictures.js'
import { slowClientAttacks } from '../named/slow-clients.js'
import { Scene } from '../scene/scene.js'

describe('attack', () => {
  const scene = new Scene()

  slowClientAttacks(scene)
  pictureAttacks(scene)
})
