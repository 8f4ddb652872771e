package cairn.app

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import cairn.KeyVault
import java.io.File
import java.io.FileOutputStream
import java.security.GeneralSecurityException
import java.security.KeyStore
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * Keeps the key of the home in a file, wrapped by a key that never leaves Android's key store. Neither is part of a backup:
 * the wrapping key could not be brought back, so the file alone would be of no use.
 */
class KeystoreVault(folder: File) : KeyVault {
    private val file = File(folder, "home.key")
    private val store = KeyStore.getInstance(PROVIDER).apply { load(null) }

    override fun load(): ByteArray? {
        if (!file.exists()) return null
        val kept = file.readBytes()
        if (kept.size <= NONCE) throw cairn.core.Exception.WrongKey()
        return guarded {
            cipher(Cipher.DECRYPT_MODE, GCMParameterSpec(TAG_BITS, kept, 0, NONCE)).doFinal(kept, NONCE, kept.size - NONCE)
        }
    }

    override fun save(key: ByteArray) {
        val other = load()
        if (other != null) {
            if (!other.contentEquals(key)) throw cairn.core.Exception.WrongKey()
            return
        }
        val wrapped = guarded { cipher(Cipher.ENCRYPT_MODE, null).let { it.iv + it.doFinal(key) } }
        val half = File(file.path + ".new")
        FileOutputStream(half).use {
            it.write(wrapped)
            it.fd.sync() // the key outlives a power cut before anything is written with it
        }
        if (!half.renameTo(file)) throw cairn.core.Exception.Storage("key")
    }

    private fun cipher(mode: Int, nonce: GCMParameterSpec?): Cipher =
        Cipher.getInstance(TRANSFORMATION).apply { if (nonce == null) init(mode, wrapping()) else init(mode, wrapping(), nonce) }

    private fun wrapping(): SecretKey = store.getKey(ALIAS, null) as SecretKey? ?: KeyGenerator
        .getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
        .apply {
            init(
                KeyGenParameterSpec.Builder(ALIAS, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
                    .setKeySize(KEY_BITS)
                    .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                    .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                    .build(),
            )
        }.generateKey()

    private fun <T> guarded(act: () -> T): T = try {
        act()
    } catch (_: GeneralSecurityException) {
        throw cairn.core.Exception.WrongKey() // its own words may say too much
    }

    private companion object {
        const val PROVIDER = "AndroidKeyStore"
        const val ALIAS = "cairn-home"
        const val TRANSFORMATION = "AES/GCM/NoPadding"
        const val NONCE = 12
        const val TAG_BITS = 128
        const val KEY_BITS = 256
    }
}
