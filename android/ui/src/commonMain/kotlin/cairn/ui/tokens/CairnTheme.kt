package cairn.ui.tokens

import androidx.compose.material3.ColorScheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.text.font.FontFamily

/** Draws in a set of colours, with our own ways of writing; Material's parts follow. */
@Composable
fun CairnTheme(scheme: Scheme, letters: FontFamily = FontFamily.Default, content: @Composable () -> Unit) {
    CompositionLocalProvider(LocalScheme provides scheme, LocalLetters provides letters) {
        MaterialTheme(colorScheme = material(scheme), content = content)
    }
}

/** Our colours in the roles Material knows them by. */
private fun material(scheme: Scheme): ColorScheme {
    fun Shades.now() = within(scheme)
    val base = if (scheme.isDark) darkColorScheme() else lightColorScheme()
    return with(CairnColours) {
        base.copy(
            background = ground.now(), onBackground = ink.now(),
            surface = surface.now(), onSurface = ink.now(), onSurfaceVariant = quiet.now(),
            primary = action.now(), onPrimary = onAction.now(),
            primaryContainer = actionSoft.now(), onPrimaryContainer = ink.now(),
            secondaryContainer = wait.now(), onSecondaryContainer = onWait.now(),
            tertiaryContainer = notice.now(), onTertiaryContainer = onNotice.now(),
            error = stop.now(), onError = onStop.now(),
            outline = line.now(), outlineVariant = hair.now(),
        )
    }
}
