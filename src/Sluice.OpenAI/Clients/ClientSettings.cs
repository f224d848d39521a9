using Sluice.Models;

namespace Sluice.OpenAI.Clients;

/// <summary>Looks at settings before a client is made with them. Nothing it says holds a key, a header's value or an address.</summary>
internal static class ClientSettings
{
    private static readonly Uri Default = new("https://api.openai.com/v1");

    /// <summary>The endpoint: the settings', else the environment's, else OpenAI's own.</summary>
    public static Uri EndpointOf(ModelProviderSettings settings, string? environment)
    {
        if (settings.BaseUrl is { } given) return Check(given, "The provider's base URL");
        if (string.IsNullOrWhiteSpace(environment)) return Default;
        return Check(Uri.TryCreate(environment.Trim(), UriKind.Absolute, out var parsed) ? parsed : null, "The environment variable OPENAI_BASE_URL");
    }

    /// <summary>Refuses what no header can hold, before the SDK says so with the value in its message.</summary>
    public static void CheckHeaders(ModelProviderSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            throw new ProviderException(
                ErrorCodes.ProviderAuth, "The key of the OpenAI provider is empty. For an endpoint that needs no key, give any text.");
        }

        if (!IsHeaderText(settings.ApiKey))
        {
            throw new ProviderException(
                ErrorCodes.ProviderAuth, "The key of the OpenAI provider holds a space, a line break or another character that no header can carry. Give it without.");
        }

        foreach (var (name, value) in settings.Headers)
        {
            if (name.Length > 0 && name.All(IsNameCharacter) && value.All(character => character is >= ' ' and <= '~' or '\t')) continue;
            throw new SluiceException(
                ErrorCodes.InvalidOptions, $"The header '{name}' of the OpenAI provider has a name or value with characters that HTTP does not allow. Correct it.");
        }
    }

    private static Uri Check(Uri? endpoint, string place)
    {
        if (endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            throw new SluiceException(ErrorCodes.InvalidOptions, $"{place} is no absolute http or https address. Give one such as 'http://localhost:8000/v1'.");
        return endpoint.UserInfo.Length == 0
            ? endpoint
            : throw new SluiceException(ErrorCodes.InvalidOptions, $"{place} holds a user or password, which would show in logs. Give the key as the provider's key instead.");
    }

    private static bool IsHeaderText(string text) => text.All(character => character is > ' ' and <= '~');

    private static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character);
}
