namespace Sluice.OpenAI.Clients;

/// <summary>Connections that carry the key only to where it was meant to go.</summary>
internal static class DirectHandler
{
    public static SocketsHttpHandler Create() => new()
    {
        // A redirect would send the key on to whatever address the answer names.
        AllowAutoRedirect = false,
        UseCookies = false,
        // Addresses change while a runtime lives; connections must not outlive them for long.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // An answer that nobody reads any more is cut off, which ends it at the provider too; its last bytes may still come.
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
    };
}
