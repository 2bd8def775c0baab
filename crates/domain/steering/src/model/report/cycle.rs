//! Reporting cycles as dated rules of law, shipped in `data/steering/reporting.toml`.

use chrono::{Datelike, Days, Months, NaiveDate};
use d06_kernel::Problem;
use d06_kernel::time::{Moment, from_local};
use serde::{Deserialize, Serialize};

const SHIPPED: &str = include_str!("../../../../../../data/steering/reporting.toml");

/// How often is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cycle {
    /// Every month (hằng tháng).
    Monthly,
    /// The first half of the year (6 tháng).
    HalfYear,
    /// The year (năm).
    Yearly,
    /// When the unit above asks (đột xuất).
    AdHoc,
}

/// Where a unit stands in the chain of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A province or city, which reports to the centre.
    City,
    /// A commune, which reports to the city.
    Commune,
    /// A hamlet (thôn, tổ dân phố), which reports to the commune.
    Hamlet,
}

/// When one level reports in one cycle.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// How often.
    pub cycle: Cycle,
    /// Who.
    pub level: Level,
    /// The unit in whose area it holds; empty for the whole country.
    pub area: String,
    /// The report is due before this day of the month.
    pub due_day: u32,
    /// The month of a half-year or yearly report.
    #[serde(default)]
    pub due_month: Option<u32>,
    /// Days before the due day that the report opens.
    pub opens: u64,
    /// Days before the due day on which is reminded.
    pub reminders: Vec<i64>,
    /// First day in force.
    from: NaiveDate,
    /// Last day in force.
    #[serde(default)]
    to: Option<NaiveDate>,
    /// What it rests on.
    pub legal: String,
}

/// A period to be reported on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The cycle.
    pub cycle: Cycle,
    /// The stable name: `monthly:2026-12`; the same for every level, so that reports meet.
    pub key: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The report must be sent before this moment.
    pub due_at: Moment,
}

impl Cycle {
    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::HalfYear => "half-year",
            Self::Yearly => "yearly",
            Self::AdHoc => "ad-hoc",
        }
    }

    /// The cycle of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Monthly, Self::HalfYear, Self::Yearly, Self::AdHoc].into_iter().find(|c| c.name() == name)
    }
}

impl Level {
    /// The level of a unit by its kind in the unit tree; `None` for a unit that does not report by itself.
    pub fn of_kind(kind: &str) -> Option<Self> {
        match kind {
            "city" => Some(Self::City),
            "people-committee" => Some(Self::Commune),
            "hamlet" => Some(Self::Hamlet),
            _ => None,
        }
    }
}

impl Rule {
    /// The period that is open for writing on a day, if one is: the next one due, from `opens` days before.
    pub fn open_on(&self, today: NaiveDate) -> Option<Period> {
        let due = self.next_due(today)?;
        let opens = due.checked_sub_days(Days::new(self.opens))?;
        let to = due.checked_sub_days(Days::new(1))?;
        let in_force = self.from <= to && self.to.is_none_or(|last| to <= last);
        (in_force && opens <= today).then(|| self.period(due, to)).flatten()
    }

    /// The first due day after today: a report "before the 15th" is still to be sent on the 14th.
    fn next_due(&self, today: NaiveDate) -> Option<NaiveDate> {
        let month = self.due_month.unwrap_or(today.month());
        let step = if self.due_month.is_some() { 12 } else { 1 };
        let due = NaiveDate::from_ymd_opt(today.year(), month, self.due_day)?;
        if due > today { Some(due) } else { due.checked_add_months(Months::new(step)) }
    }

    fn period(&self, due: NaiveDate, to: NaiveDate) -> Option<Period> {
        let from = match self.cycle {
            Cycle::Monthly => due.checked_sub_months(Months::new(1))?,
            Cycle::HalfYear | Cycle::Yearly | Cycle::AdHoc => NaiveDate::from_ymd_opt(to.year(), 1, 1)?,
        };
        let key = match self.cycle {
            Cycle::Monthly => format!("monthly:{}", due.format("%Y-%m")),
            cycle => format!("{}:{}", cycle.name(), due.year()),
        };
        Some(Period { cycle: self.cycle, key, from, to, due_at: from_local(due.and_hms_opt(0, 0, 0)?) })
    }

    fn covers(&self, unit: &str) -> bool {
        let below = unit.strip_prefix(self.area.as_str());
        self.area.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// The rules the platform ships.
///
/// # Errors
/// The file does not have its form.
pub fn shipped() -> Result<Vec<Rule>, Problem> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        rule: Vec<Rule>,
    }
    toml::from_str::<File>(SHIPPED).map(|file| file.rule).map_err(Problem::internal)
}

/// The periods a unit has to report on now, each with its rule.
pub fn open_for<'a>(
    rules: &'a [Rule],
    unit: &str,
    level: Level,
    today: NaiveDate,
) -> Vec<(&'a Rule, Period)> {
    let mut open: Vec<(&Rule, Period)> = Vec::new();
    for rule in rules.iter().filter(|rule| rule.level == level && rule.covers(unit)) {
        let Some(period) = rule.open_on(today) else { continue };
        match open.iter_mut().find(|(other, _)| other.cycle == rule.cycle) {
            // The rule of the smaller area goes before.
            Some(found) if rule.area.len() > found.0.area.len() => *found = (rule, period),
            Some(_) => {}
            None => open.push((rule, period)),
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use d06_kernel::time::local;

    fn open(unit: &str, level: Level, today: &str) -> Vec<(String, String, String)> {
        let rules = shipped().unwrap();
        let found = open_for(&rules, unit, level, today.parse().unwrap());
        found
            .into_iter()
            .map(|(_, period)| {
                let days = format!("{} – {}", period.from, period.to);
                (period.key, days, local(period.due_at).to_string())
            })
            .collect()
    }

    #[test]
    fn a_commune_reports_before_the_15th() {
        let due = |today: &str| open("H31.10816", Level::Commune, today)[0].clone();
        let (key, days, at) = due("2026-11-14");
        assert_eq!((key.as_str(), days.as_str()), ("monthly:2026-11", "2026-10-15 – 2026-11-14"));
        assert_eq!(at, "2026-11-15 00:00:00", "the whole of the 14th is in time");
        assert_eq!(due("2026-11-15").0, "monthly:2026-12");
        assert_eq!(due("2026-12-31").0, "monthly:2027-01");
    }

    #[test]
    fn ha_noi_has_its_own_day() {
        assert_eq!(open("H26.00004", Level::Commune, "2026-11-15")[0].2, "2026-11-17 00:00:00");
        assert_eq!(open("H260.1", Level::Commune, "2026-11-15")[0].2, "2026-12-15 00:00:00");
    }

    #[test]
    fn the_year_is_reported_before_the_15th_of_december() {
        let keys = |today: &str| -> Vec<String> {
            open("H31.10816", Level::Commune, today).into_iter().map(|(key, ..)| key).collect()
        };
        assert_eq!(keys("2026-11-21"), ["monthly:2026-12", "yearly:2026"]);
        assert_eq!(keys("2026-05-20"), ["monthly:2026-06", "half-year:2026"]);
        assert_eq!(keys("2026-08-01"), ["monthly:2026-08"]);
        let yearly = &open("H31.10816", Level::Commune, "2026-12-01")[1];
        assert_eq!(yearly.1, "2026-01-01 – 2026-12-14");
    }

    #[test]
    fn a_period_before_the_rule_is_not_owed() {
        assert_eq!(open("H31.10816", Level::Commune, "2025-06-01"), []);
    }
}
