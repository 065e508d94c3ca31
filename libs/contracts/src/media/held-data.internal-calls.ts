import { defineHeldData } from '../define/held-data.js'

export const heldData = defineHeldData('media')
