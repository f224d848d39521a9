using Microsoft.Extensions.Logging;

namespace Sluice.Runtime.Recordings;

internal sealed partial class ReplayInterpreter
{
    [LoggerMessage(1, LogLevel.Warning, "Line {Line}, the last one of recording {Path}, is incomplete and is left out: it was being written when its process ended.")]
    private static partial void LogTornLine(ILogger logger, int line, string path);
}
