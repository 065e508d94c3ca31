import { apiAttacks } from './named/api.js'
import { consentAttacks } from './named/consents.js'
import { cursorAttacks } from './named/cursors.js'
import { guessingAttacks } from './named/guessing.js'
import { mailFloodAttacks } from './named/mail-flood.js'
import { matrixAttacks } from './named/matrices.js'
import { resetRaceAttacks } from './named/reset-race.js'
import { revocationAttacks } from './named/revocations.js'
import { tokenAttacks } from './named/tokens.js'
import { Scene } from './scene/scene.js'

describe('attack', () => {
  const scene = new Scene()

  resetRaceAttacks(scene)
  mailFloodAttacks(scene)
  guessingAttacks(scene)
  cursorAttacks(scene)
  tokenAttacks(scene)
  consentAttacks(scene)
  matrixAttacks(scene)
  revocationAttacks(scene)
  apiAttacks(scene)
})
