#if canImport(Security)
import Cairn
import Foundation
import Security

/// Keeps the key of the home in the Keychain: readable only while the phone is unlocked, and never moved to another
/// device or into a backup.
final class KeychainVault: KeyVault {
    private let service = "cairn.home"
    private let account = "vault-key"

    func load() throws -> Data? {
        var query = item
        query[kSecReturnData as String] = true
        query[kSecMatchLimit as String] = kSecMatchLimitOne
        var found: CFTypeRef?
        switch SecItemCopyMatching(query as CFDictionary, &found) {
        case errSecSuccess: return found as? Data
        case errSecItemNotFound: return nil
        case errSecInteractionNotAllowed: throw Cairn.Error.Locked
        default: throw Cairn.Error.Storage(reason: "keychain")
        }
    }

    func save(key: Data) throws {
        var new = item
        new[kSecValueData as String] = key
        new[kSecAttrAccessible as String] = kSecAttrAccessibleWhenUnlockedThisDeviceOnly
        switch SecItemAdd(new as CFDictionary, nil) {
        case errSecSuccess: return
        case errSecDuplicateItem:
            // Another key is never written over: what it locks would be lost.
            guard try load() == key else { throw Cairn.Error.WrongKey }
        case errSecInteractionNotAllowed: throw Cairn.Error.Locked
        default: throw Cairn.Error.Storage(reason: "keychain")
        }
    }

    private var item: [String: Any] {
        [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: service,
            kSecAttrAccount as String: account,
            kSecAttrSynchronizable as String: false,
        ]
    }
}
#endif
