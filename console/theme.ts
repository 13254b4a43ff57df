import {
  Alert,
  createTheme,
  type CSSVariablesResolver,
  Drawer,
  Menu,
  Modal,
  NavLink,
  Notification,
} from '@mantine/core'

/** How the console looks: one place for colours, type and what components start from. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  headings: { fontWeight: '650' },
  autoContrast: true,
  cursorType: 'pointer',
  components: {
    // Titles in the colour of the alert are too faint for WCAG AA in yellow and in the dark.
    Alert: Alert.extend({ styles: { title: { color: 'var(--mantine-color-bright)' } } }),
    // The placeholder is a focusable child that is no menu item: screen readers stumble over it.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Notification: Notification.extend({ styles: { description: { color: 'var(--mantine-color-dimmed)' } } }),
    // On the tint of the page that one is on, dimmed text of the tint's own colour is too faint.
    NavLink: NavLink.extend({ styles: { description: { color: 'var(--mantine-color-dimmed)' } } }),
    // The header is no landmark of the page.
    Modal: Modal.extend({ defaultProps: { attributes: { header: { role: 'none' } } } }),
    Drawer: Drawer.extend({ defaultProps: { attributes: { header: { role: 'none' } } } }),
  },
})

/** Dimmed and placeholder text and errors of Mantine's own palette is too faint for WCAG AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-indigo-light-color': 'var(--mantine-color-indigo-9)',
    // Under the mouse Mantine's is so dark that the same text is too faint on it.
    '--mantine-color-indigo-light-hover': '#d0dbff',
    '--hookline-page': 'var(--mantine-color-gray-0)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--hookline-page': 'var(--mantine-color-dark-8)',
  },
})
