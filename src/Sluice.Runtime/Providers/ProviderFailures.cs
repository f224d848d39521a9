using System.Net.Sockets;

namespace Sluice.Runtime.Providers;

/// <summary>What a failure of a chat client means. Clients that are not ours throw what their libraries throw.</summary>
internal static class ProviderFailures
{
    /// <summary>The failure in our terms.</summary>
    public static ProviderException Read(Exception exception, string provider) => exception switch
    {
        ProviderException known => known,
        HttpRequestException { StatusCode: { } status } refused => new(
            ProviderException.CodeOf((int)status), $"Provider '{provider}' answered {(int)status}: {refused.Message}", refused)
        { Status = (int)status },
        HttpRequestException or HttpIOException or IOException or SocketException => new(
            ErrorCodes.ProviderUnavailable, $"Provider '{provider}' could not be reached, or broke its answer off: {exception.Message}", exception),
        TimeoutException or OperationCanceledException => new(
            ErrorCodes.ProviderTimeout, $"Provider '{provider}' did not answer in time: {exception.Message}", exception),
        _ => new(ErrorCodes.ProviderFailed, $"Provider '{provider}' failed: {exception.Message}", exception),
    };
}
