using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sluice.Studio.Errors;

/// <summary>Turns what a request throws into an answer.</summary>
internal static partial class ErrorBoundary
{
    /// <summary>The host answers so when it cannot read a part of the address, and does not say which.</summary>
    private static readonly ProblemResponse Unreadable = new(
        StatusCodes.Status400BadRequest, StudioErrorCodes.InvalidRequest, "A value in the address has a form that is not allowed: see the operation in /api/docs.");

    private static readonly ProblemResponse Unexpected = new(
        StatusCodes.Status500InternalServerError, ErrorCodes.Internal, "Studio failed. The log of its process says why.");

    /// <summary>Lets a request be answered; what it throws becomes a problem. Nothing of an unexpected exception reaches the caller.</summary>
    public static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http).ConfigureAwait(false);
            if (!http.Response.HasStarted && http.Response is { StatusCode: StatusCodes.Status400BadRequest, ContentType: null }) await Unreadable.WriteAsync(http).ConfigureAwait(false);
        }
        catch (SluiceException exception) when (!http.Response.HasStarted)
        {
            await ProblemResponse.Of(exception).WriteAsync(http).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            // Of what was wrong with a body, the serializer's own words name the place.
            var detail = exception.InnerException is JsonException json ? $"The body does not fit: {json.Message}" : exception.Message;
            await new ProblemResponse(exception.StatusCode, StudioErrorCodes.InvalidRequest, detail).WriteAsync(http).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked is gone.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var logger = http.RequestServices.GetService<ILoggerFactory>()?.CreateLogger(typeof(ErrorBoundary));
            if (logger is not null) LogUnexpected(logger, http.Request.Method, http.Request.Path, exception);
            await Unexpected.WriteAsync(http).ConfigureAwait(false);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed.")]
    private static partial void LogUnexpected(ILogger logger, string method, string path, Exception exception);
}
