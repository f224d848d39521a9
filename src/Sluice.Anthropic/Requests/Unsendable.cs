namespace Sluice.Anthropic.Requests;

/// <summary>Says that a request holds what the Messages API does not take.</summary>
internal static class Unsendable
{
    public static ProviderException Of(string what) => new(
        ErrorCodes.ProviderRejected, $"The request holds {what}, which cannot be sent to Anthropic's Messages API. Remove it, or give it as text.");
}
