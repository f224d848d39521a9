namespace Sluice.Runtime.Runs;

/// <summary>The run cannot go on in this process: its journal or what it relies on in the store is not as it must be. No frame or tool may take it for its own failure.</summary>
internal sealed class RunFaultException(string code, string message, Exception? innerException = null)
    : SluiceException(code, message, innerException);
