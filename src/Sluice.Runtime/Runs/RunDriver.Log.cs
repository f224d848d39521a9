using Microsoft.Extensions.Logging;

namespace Sluice.Runtime.Runs;

internal sealed partial class RunDriver
{
    [LoggerMessage(1, LogLevel.Error, "Run {RunId} failed.")]
    private static partial void LogRunFailed(ILogger logger, string runId, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The end of run {RunId} could not be recorded; it stays resumable.")]
    private static partial void LogEndNotRecorded(ILogger logger, string runId, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "An event hook failed at event {Sequence} of run {RunId}.")]
    private static partial void LogHookFailed(ILogger logger, string runId, long sequence, Exception exception);
}
