namespace Sluice.Data.Opening;

/// <summary>What addresses look like. Nothing here shows one: it may hold a password.</summary>
internal static class AddressRules
{
    /// <summary>The kind that an address is of; null when it is no address at all.</summary>
    public static string? KindOf(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1) return null;
        var scheme = address[..colon].ToLowerInvariant();
        return scheme switch
        {
            "postgresql" => "postgres",
            "rediss" => "redis",
            _ when scheme.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '.' or '-') && char.IsAsciiLetter(scheme[0]) => scheme,
            _ => null,
        };
    }

    /// <summary>Whether the scheme of an address is known to say its kind.</summary>
    public static bool IsWellKnown(string kind) => kind is "sqlite" or "postgres" or "redis";

    /// <summary>What is wrong with an address of a kind; null: nothing that can be seen.</summary>
    public static string? Problem(string kind, string address) => kind switch
    {
        "sqlite" when string.IsNullOrWhiteSpace(address["sqlite:".Length..]) => "The address names no file. Write sqlite:path.",
        "sqlite" => null,
        "postgres" when !HasHost(address) => "The address names no host. Write postgres://user@host:port/database.",
        "redis" when !HasHost(address) => "The address names no host. Write redis://host:port/number.",
        _ => null,
    };

    private static bool HasHost(string address)
    {
        var start = address.IndexOf("://", StringComparison.Ordinal);
        if (start < 0) return false;
        var authority = address[(start + 3)..].Split('/', '?')[0];
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        return host.Length > 0 && host[0] != ':' && !host.Any(char.IsWhiteSpace);
    }
}
