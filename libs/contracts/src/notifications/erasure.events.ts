import { erasureCompletedBy } from '../define/erasure-completed.js'

export const erasureCompleted = erasureCompletedBy('notifications')
