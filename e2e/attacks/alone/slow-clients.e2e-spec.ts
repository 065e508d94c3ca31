import { slowClientAttacks } from '../named/slow-clients.js'
import { Scene } from '../scene/scene.js'

describe('attack', () => slowClientAttacks(new Scene()))
