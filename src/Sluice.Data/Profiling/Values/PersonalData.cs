using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Search.Documents;

namespace Sluice.Data.Profiling.Values;

/// <summary>
/// Tells columns that hold data of persons, or secrets, by their names and by what their values look like. It errs on the side of hiding; it is no
/// promise that nothing personal is left.
/// </summary>
internal static class PersonalData
{
    public const string Secret = "secret";
    private const string PersonName = "person_name";
    private const string Address = "postal_address";
    private const string BirthDate = "date_of_birth";
    private const string NationalId = "national_id";

    /// <summary>So much of the values has to look so.</summary>
    private const double LeastShare = 0.8;

    /// <summary>One number in ten passes the check of a card by accident, so a few values prove nothing.</summary>
    private const int FewValues = 3;
    private const int FewNumbers = 10;

    private static readonly HashSet<string> ByValue = [TextFormat.Email, TextFormat.Phone, TextFormat.PaymentCard, TextFormat.Iban, TextFormat.IpAddress];

    /// <summary>A name that ends so is about the thing, and not the thing: <c>email_count</c>, <c>phone_model</c>, <c>address_id</c>.</summary>
    private static readonly HashSet<string> AboutIt =
    [
        "id", "key", "count", "type", "kind", "status", "state", "flag", "verified", "valid", "validated", "sent", "at", "format", "template", "model",
        "brand", "provider", "domain", "server", "opened", "enabled", "subscribed", "allowed", "confirmed", "length", "version", "label", "category", "count",
        "policy", "expiry", "expires", "attempts", "cost", "price", "color", "colour", "size",
    ];

    /// <summary>Names by their words: all of a line's have to be there.</summary>
    private static readonly (string Kind, string[][] Words)[] ByName =
    [
        (Secret, [["password"], ["passwd"], ["pwd"], ["secret"], ["api", "key"], ["apikey"], ["private", "key"], ["access", "token"], ["refresh", "token"], ["pin", "code"]]),
        (TextFormat.Email, [["email"], ["e", "mail"], ["mail"], ["emails"]]),
        (TextFormat.Phone, [["phone"], ["telephone"], ["mobile"], ["cellphone"], ["cell", "number"], ["fax"], ["tel"], ["msisdn"]]),
        (TextFormat.Iban, [["iban"], ["bank", "account"]]),
        (TextFormat.PaymentCard, [["card", "number"], ["card", "no"], ["card", "num"], ["cardnumber"], ["credit", "card"], ["creditcard"]]),
        (NationalId, [["ssn"], ["social", "security"], ["national", "id"], ["passport"], ["tax", "id"], ["nino"], ["personal", "id"], ["id", "number"], ["driver", "license"]]),
        (BirthDate, [["birth", "date"], ["birthdate"], ["date", "birth"], ["birthday"], ["dob"], ["birth", "day"]]),
        (PersonName, [["first", "name"], ["last", "name"], ["full", "name"], ["given", "name"], ["family", "name"], ["middle", "name"], ["maiden", "name"], ["surname"],
            ["firstname"], ["lastname"], ["fullname"], ["contact", "name"], ["forename"], ["patronymic"]]),
        (TextFormat.IpAddress, [["ip"], ["ip", "address"], ["ipaddress"], ["remote", "addr"]]),
        (Address, [["address"], ["street"], ["addr"], ["address1"], ["address2"]]),
    ];

    private static readonly HashSet<string> OtherAddresses = ["web", "mac", "memory", "url", "wallet", "network", "base"];

    /// <summary>The kind of personal data of a column; null when it seems to hold none.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="family">What kind of values it has; null: not known.</param>
    /// <param name="formats">How many of the values follow which format (<see cref="TextFormat"/>).</param>
    /// <param name="values">How many values were looked at.</param>
    public static string? KindOf(string column, TypeFamily? family, IReadOnlyDictionary<string, long> formats, long values)
    {
        if (family is TypeFamily.Boolean) return null;
        foreach (var kind in ByValue)
        {
            var least = kind == TextFormat.PaymentCard ? FewNumbers : FewValues;
            if (values >= least && formats.GetValueOrDefault(kind) >= values * LeastShare) return kind;
        }

        return KindOf(column) is { } named && CanHold(named, family) ? named : null;
    }

    private static string? KindOf(string column)
    {
        var words = NameWords.Split(column);
        while (words.Count > 0 && words[^1].All(char.IsAsciiDigit)) words.RemoveAt(words.Count - 1);
        if (words.Count == 0) return null;
        foreach (var (kind, names) in ByName)
        {
            if (kind != NationalId && kind != Secret && words.Count > 1 && AboutIt.Contains(words[^1])) continue;
            if (kind == Address && words.Exists(OtherAddresses.Contains)) continue;
            if (Array.Exists(names, name => Array.TrueForAll(name, words.Contains))) return kind;
        }

        return null;
    }

    /// <summary>What is a number or a date by its type holds no names and no addresses.</summary>
    private static bool CanHold(string kind, TypeFamily? family) => family switch
    {
        TypeFamily.Integer => kind is TextFormat.Phone or TextFormat.PaymentCard or NationalId or Secret,
        TypeFamily.Number or TypeFamily.Uuid or TypeFamily.Time => kind is Secret or NationalId,
        TypeFamily.Date or TypeFamily.Timestamp => kind == BirthDate,
        _ => true,
    };
}
