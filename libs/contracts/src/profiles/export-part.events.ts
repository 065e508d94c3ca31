import { exportPartOf } from '../define/export-part.js'

export const exportPartReady = exportPartOf('profiles')
