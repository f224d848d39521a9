using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sluice.Json;
using Sluice.Studio.Documents;

namespace Sluice.Studio.Errors;

/// <summary>An error as RFC 9457 has it, with Sluice's stable code.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The code.</param>
/// <param name="Detail">What was wrong, where, and what to do.</param>
internal sealed record ProblemResponse(int Status, string Code, string Detail)
{
    private const string ContentType = "application/problem+json";

    /// <summary>All that is wrong with a spec, a plan or a form, by place; null: only <see cref="Detail"/>.</summary>
    public IReadOnlyList<SpecError>? Errors { get; init; }

    /// <summary>Of a change that was refused: what is there now.</summary>
    public JsonElement? Current { get; init; }

    /// <summary>Whether the same request may succeed when it is sent again unchanged.</summary>
    public bool Retryable { get; init; }

    public static ProblemResponse Of(SluiceException exception) => new(StatusOf(exception.Code), exception.Code, exception.Message)
    {
        Errors = (exception as SpecValidationException)?.Errors,
        Current = (exception as DocumentChangedException)?.Current,
        Retryable = exception.Retryable,
    };

    public Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        var problem = new Problem { Title = Code, Status = Status, Detail = Detail, Code = Code, Retryable = Retryable, Errors = Errors, Current = Current };
        return http.Response.WriteAsJsonAsync(problem, SluiceJson.Options, ContentType, http.RequestAborted);
    }

    private static int StatusOf(string code) => code switch
    {
        ErrorCodes.RunNotFound or ErrorCodes.ApprovalNotFound or ErrorCodes.PlanNotFound or ErrorCodes.ReferenceNotFound or ErrorCodes.UnknownAgent
            or ErrorCodes.UnknownTool or ErrorCodes.UnknownReferenceKind or ErrorCodes.UnknownCatalogEntry or StudioErrorCodes.NotFound
            or StudioErrorCodes.UnknownWorkspace => StatusCodes.Status404NotFound,
        ErrorCodes.RunEnded or ErrorCodes.RunActive or ErrorCodes.ThreadBusy or ErrorCodes.ApprovalAlreadyDecided or ErrorCodes.ApprovalChanged
            or ErrorCodes.PlanStatusConflict or ErrorCodes.JournalConflict or ErrorCodes.SpecChanged or ErrorCodes.NewerJournal
            or StudioErrorCodes.Conflict => StatusCodes.Status409Conflict,
        ErrorCodes.ApprovalExpired or ErrorCodes.ReferenceExpired => StatusCodes.Status410Gone,
        ErrorCodes.ApproverNotAllowed => StatusCodes.Status403Forbidden,
        ErrorCodes.ShuttingDown or ErrorCodes.StoreBusy or ErrorCodes.StoreUnavailable or ErrorCodes.LeaseLost => StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.StoreFull => StatusCodes.Status507InsufficientStorage,
        ErrorCodes.Internal => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
