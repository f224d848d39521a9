namespace Sluice.Runtime.Loop;

/// <summary>Unwinds a frame that cannot go on; its parent gets the error as a tool result.</summary>
internal sealed class FrameFailedException(ErrorInfo error, Exception? innerException = null) : Exception(error.Message, innerException)
{
    public ErrorInfo Error { get; } = error;
}
