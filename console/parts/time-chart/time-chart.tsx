import { Box, Group, Text, VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { linePath, niceTop, ticksUpTo } from './scale.ts'
import classes from './time-chart.module.css'

interface Series {
  name: string
  label: string
  /** A colour of the theme: `teal.6`. */
  color: string
}

export interface TimeRow {
  /** When, as it is said under the chart. */
  at: string
  /** In the order of the series; null where there is nothing to say. */
  values: (number | null)[]
}

interface Props {
  /** What it shows, for those who hear it: the figures follow as a table. */
  label: string
  type: 'bars' | 'lines'
  rows: TimeRow[]
  series: Series[]
  height: number
  format: (value: number) => string
  /** Shows one by one what a step counts. */
  onPick?: (index: number) => void
  /** Says so. */
  pickHint?: string
}

const margin = { top: 8, right: 8, bottom: 24, left: 48 }
/** So that labels under the chart do not touch. */
const labelWidth = 76

/** Figures over time: stacked bars, or lines. Drawn by hand, because a library for charts is half of a first load. */
export function TimeChart({ label, type, rows, series, height, format, onPick, pickHint }: Props) {
  const { ref, width } = useElementSize()
  const [chosen, setChosen] = useState<number | null>(null)
  const inner = {
    width: Math.max(0, width - margin.left - margin.right),
    height: height - margin.top - margin.bottom,
  }
  const step = rows.length === 0 ? 0 : inner.width / rows.length
  const top = niceTop(
    Math.max(
      0,
      ...rows.map(({ values }) =>
        type === 'bars' ? sum(values) : Math.max(...values.map((value) => value ?? 0)),
      ),
    ),
  )
  const x = (index: number) => margin.left + (index + 0.5) * step
  const y = (value: number) => margin.top + inner.height * (1 - value / top)
  const every = Math.max(1, Math.ceil(labelWidth / Math.max(step, 1)))

  const point = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const index = Math.floor((clientX - currentTarget.getBoundingClientRect().left - margin.left) / step)
    setChosen(index >= 0 && index < rows.length ? index : null)
  }
  const row = chosen === null ? undefined : rows[chosen]
  const isPickable = onPick !== undefined && row !== undefined && row.values.some(Boolean)
  const pick = () => {
    if (isPickable && chosen !== null) onPick(chosen)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') pick()
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (move === undefined) return
    event.preventDefault()
    setChosen((known) =>
      Math.min(rows.length - 1, Math.max(0, (known ?? (move > 0 ? -1 : rows.length)) + move)),
    )
  }

  return (
    <Box pos="relative">
      {series.length > 1 && <Legend series={series} />}
      <div ref={ref} className={classes['frame']}>
        <svg
          width="100%"
          height={height}
          role="img"
          aria-label={label}
          tabIndex={0}
          className={classes['chart']}
          onPointerMove={point}
          onPointerLeave={() => setChosen(null)}
          onBlur={() => setChosen(null)}
          onKeyDown={press}
          // A finger asks for the figures first: they are under it only while it is down.
          onClick={({ nativeEvent }) =>
            nativeEvent instanceof globalThis.PointerEvent && nativeEvent.pointerType === 'mouse' && pick()
          }
          style={{ cursor: isPickable ? 'pointer' : undefined }}
        >
          {ticksUpTo(top).map((tick) => (
            <g key={tick}>
              <line
                className={classes['grid']}
                x1={margin.left}
                x2={margin.left + inner.width}
                y1={y(tick)}
                y2={y(tick)}
              />
              <text className={classes['tick']} x={margin.left - 8} y={y(tick)} dy="0.32em" textAnchor="end">
                {format(tick)}
              </text>
            </g>
          ))}
          {chosen !== null && (
            <rect
              className={classes['chosen']}
              x={margin.left + chosen * step}
              y={margin.top}
              width={step}
              height={inner.height}
            />
          )}
          {type === 'bars'
            ? rows.map(({ values }, index) => (
                <Bar
                  key={index}
                  values={values}
                  series={series}
                  x={x(index)}
                  width={Math.max(1, step * 0.72)}
                  y={y}
                />
              ))
            : series.map(({ name, color }, at) => (
                <path
                  key={name}
                  className={classes['line']}
                  stroke={cssColor(color)}
                  d={linePath(
                    rows.map(({ values }, index) => [x(index), values[at] == null ? null : y(values[at])]),
                  )}
                />
              ))}
          {rows.map(({ at }, index) =>
            index % every === 0 && x(index) + labelWidth / 2 < margin.left + inner.width + labelWidth / 2 ? (
              <text key={index} className={classes['tick']} x={x(index)} y={height - 6} textAnchor="middle">
                {at}
              </text>
            ) : null,
          )}
        </svg>
        {row && chosen !== null && (
          <div
            className={classes['tooltip']}
            style={x(chosen) > width / 2 ? { right: width - x(chosen) + step } : { left: x(chosen) + step }}
          >
            <Text size="xs" fw={600}>
              {row.at}
            </Text>
            {series.map(({ name, label, color }, at) => (
              <Group key={name} gap={6} wrap="nowrap">
                <Swatch color={color} />
                <Text size="xs">
                  {label}: {row.values[at] == null ? '–' : format(row.values[at])}
                </Text>
              </Group>
            ))}
            {isPickable && pickHint && (
              <Text size="xs" c="dimmed" mt={4}>
                {pickHint}
              </Text>
            )}
          </div>
        )}
      </div>
      <VisuallyHidden>
        <table>
          <thead>
            <tr>
              <th scope="col">{label}</th>
              {series.map(({ name, label }) => (
                <th key={name} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows
              .filter(({ values }) => values.some(Boolean))
              .map(({ at, values }, index) => (
                <tr key={index}>
                  <th scope="row">{at}</th>
                  {values.map((value, index) => (
                    <td key={series[index]!.name}>{value === null ? '–' : format(value)}</td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </Box>
  )
}

interface BarProps {
  values: (number | null)[]
  series: Series[]
  x: number
  width: number
  y: (value: number) => number
}

/** One stack, from the bottom up. */
function Bar({ values, series, x, width, y }: BarProps) {
  let below = 0
  return series.map(({ name, color }, index) => {
    const value = values[index] ?? 0
    if (value === 0) return null
    const from = below
    below += value
    return (
      <rect
        key={name}
        x={x - width / 2}
        width={width}
        y={y(below)}
        height={y(from) - y(below)}
        fill={cssColor(color)}
      />
    )
  })
}

function Legend({ series }: { series: Series[] }) {
  return (
    <Group gap="md" justify="flex-end" mb={4}>
      {series.map(({ name, label, color }) => (
        <Group key={name} gap={6} wrap="nowrap">
          <Swatch color={color} />
          <Text size="sm">{label}</Text>
        </Group>
      ))}
    </Group>
  )
}

function Swatch({ color }: { color: string }) {
  return <span aria-hidden className={classes['swatch']} style={{ background: cssColor(color) }} />
}

const cssColor = (color: string) => `var(--mantine-color-${color.replace('.', '-')})`
const sum = (values: (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0)
