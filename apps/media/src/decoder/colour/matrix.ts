/** Three rows of three. */
export type Matrix = readonly [Vector, Vector, Vector]
export type Vector = readonly [number, number, number]

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

export const apply = (matrix: Matrix, vector: Vector): Vector => [
  dot(matrix[0], vector),
  dot(matrix[1], vector),
  dot(matrix[2], vector),
]

export const transposed = ([a, b, c]: Matrix): Matrix => [
  [a[0], b[0], c[0]],
  [a[1], b[1], c[1]],
  [a[2], b[2], c[2]],
]

export function multiplied(a: Matrix, b: Matrix): Matrix {
  const [x, y, z] = transposed(b)
  return transposed([apply(a, x), apply(a, y), apply(a, z)])
}

export const diagonal = ([a, b, c]: Vector): Matrix => [
  [a, 0, 0],
  [0, b, 0],
  [0, 0, c],
]

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

export function inverse([a, b, c]: Matrix): Matrix {
  const [x, y, z] = [cross(b, c), cross(c, a), cross(a, b)]
  const scale = 1 / dot(a, x)
  return transposed([times(x, scale), times(y, scale), times(z, scale)])
}

export const times = ([a, b, c]: Vector, by: number): Vector => [a * by, b * by, c * by]
